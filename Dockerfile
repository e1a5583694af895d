# The feature server. `make image` puts its jars where this file takes them from.
ARG PLUMB_JRE_IMAGE=eclipse-temurin:17-jre
FROM ${PLUMB_JRE_IMAGE}
COPY online/target/image/lib online/target/plumbline-online-*.jar /opt/plumbline/lib/
COPY cli/src/main/launcher/spark.opens online/src/main/launcher/server.options /opt/plumbline/
USER 65532:65532
EXPOSE 6566 9464
ENTRYPOINT ["java", "@/opt/plumbline/spark.opens", "@/opt/plumbline/server.options", \
  "-cp", "/opt/plumbline/lib/*", "dev.plumbline.online.Main"]
