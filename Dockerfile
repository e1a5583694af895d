# The feature server. `make image` puts its jars where this file takes them from.
ARG PLUMB_JRE_IMAGE=eclipse-temurin:17-jre
FROM ${PLUMB_JRE_IMAGE}
COPY online/target/image/lib online/target/plumbline-online-*.jar /opt/plumbline/lib/
COPY cli/src/main/launcher/spark.opens online/src/main/launcher/server.options /opt/plumbline/
# Which classes a server loads, archived: it starts in half of the time. An archive is of one class path, in one order.
RUN cd /opt/plumbline && echo "-cp $(ls -d "$PWD"/lib/*.jar | paste -sd :)" >server.classpath && \
  java @spark.opens @server.options @server.classpath -Xlog:cds=off -Xlog:cds+dynamic=off \
    -XX:ArchiveClassesAtExit="$PWD"/server.jsa dev.plumbline.online.Rehearsal
USER 65532:65532
EXPOSE 6566 9464
ENTRYPOINT ["java", "@/opt/plumbline/spark.opens", "@/opt/plumbline/server.options", "@/opt/plumbline/server.classpath", \
  "-XX:SharedArchiveFile=/opt/plumbline/server.jsa", "dev.plumbline.online.Main"]
