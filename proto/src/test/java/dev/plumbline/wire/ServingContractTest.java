package dev.plumbline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The wire contract only grows: programs were built against it. What it was is the descriptor that
 * is committed; what it is, the one that protoc has just made.
 */
class ServingContractTest {
  private static final Path COMMITTED = Path.of("src/test/resources/serving-v1.desc");
  private static final Path NOW = Path.of("target/descriptor/serving-v1.desc");

  @Test
  void whatWasPublishedStaysAsItIs() throws IOException {
    Set<String> gone = new TreeSet<>(parts(read(COMMITTED)));
    gone.removeAll(parts(read(NOW)));

    assertThat(gone)
        .as(
            "parts of the contract that are no longer what they were; programs use them. Leave them, and add others under new numbers")
        .isEmpty();
  }

  @Test
  void whatWasAddedIsCommitted() throws IOException {
    Set<String> added = new TreeSet<>(parts(read(NOW)));
    added.removeAll(parts(read(COMMITTED)));

    assertThat(added)
        .as(
            "new parts of the contract, which from now on must stay; commit them: cp proto/%s proto/%s",
            NOW, COMMITTED)
        .isEmpty();
  }

  /**
   * The rules of buf's STANDARD category that a descriptor shows; RATIONALE names the exception.
   */
  @Test
  void namesAreThoseOfBuf() throws IOException {
    FileDescriptorProto file = read(NOW);

    assertThat(file.getName()).isEqualTo(file.getPackage().replace('.', '/') + "/serving.proto");
    assertThat(file.getPackage()).matches("([a-z][a-z0-9_]*\\.)+v[1-9][0-9]*");
    for (EnumDescriptorProto some : file.getEnumTypeList()) {
      String prefix = some.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase() + "_";
      assertThat(some.getValueList())
          .extracting(EnumValueDescriptorProto::getName)
          .allMatch(name -> name.startsWith(prefix));
      assertThat(some.getValue(0).getName()).isEqualTo(prefix + "UNSPECIFIED");
      assertThat(some.getValue(0).getNumber()).isZero();
    }
    for (DescriptorProto message : file.getMessageTypeList()) {
      assertThat(message.getName()).matches("([A-Z][a-z0-9]*)+");
      assertThat(message.getFieldList())
          .extracting(FieldDescriptorProto::getName)
          .allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
    }
    for (MethodDescriptorProto call : file.getService(0).getMethodList()) {
      assertThat(call.getInputType()).endsWith("." + call.getName() + "Request");
      assertThat(call.getOutputType()).endsWith("." + call.getName() + "Response");
    }
  }

  @Test
  void everyPartIsDocumented() throws IOException {
    FileDescriptorProto file = read(NOW);
    Set<String> undocumented =
        file.getSourceCodeInfo().getLocationList().stream()
            .filter(place -> isPart(file, place))
            .filter(place -> place.getLeadingComments().isBlank())
            .map(place -> "line " + (place.getSpan(0) + 1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(undocumented).as("parts without a comment before them").isEmpty();
  }

  /**
   * Whether a place declares a message, field, oneof, enum, value, service or call. Its path is
   * (kind, position), then for what is within (kind, position) again, all by the numbers of the
   * fields in descriptor.proto.
   */
  private static boolean isPart(FileDescriptorProto file, Location place) {
    if (place.getPathCount() == 2) {
      return Set.of(
              FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER,
              FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER,
              FileDescriptorProto.SERVICE_FIELD_NUMBER)
          .contains(place.getPath(0));
    }
    if (place.getPathCount() != 4) {
      return false;
    }
    return switch (place.getPath(0)) {
      case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER ->
          place.getPath(2) == DescriptorProto.FIELD_FIELD_NUMBER
              || isWrittenOneof(file.getMessageType(place.getPath(1)), place);
      case FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER ->
          place.getPath(2) == EnumDescriptorProto.VALUE_FIELD_NUMBER;
      case FileDescriptorProto.SERVICE_FIELD_NUMBER ->
          place.getPath(2) == ServiceDescriptorProto.METHOD_FIELD_NUMBER;
      default -> false;
    };
  }

  /** Optional fields have oneofs that nobody wrote. */
  private static boolean isWrittenOneof(DescriptorProto message, Location place) {
    return place.getPath(2) == DescriptorProto.ONEOF_DECL_FIELD_NUMBER
        && !message.getOneofDecl(place.getPath(3)).getName().startsWith("_");
  }

  private static FileDescriptorProto read(Path descriptors) throws IOException {
    FileDescriptorSet all = FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors));
    assertThat(all.getFileList()).hasSize(1);
    return all.getFile(0);
  }

  /** Everything that a program relies on, one part a line. */
  private static Set<String> parts(FileDescriptorProto file) {
    Set<String> parts = new TreeSet<>();
    parts.add("package " + file.getPackage());
    file.getMessageTypeList().forEach(message -> addMessage(parts, message));
    for (EnumDescriptorProto some : file.getEnumTypeList()) {
      for (EnumValueDescriptorProto value : some.getValueList()) {
        parts.add("%s.%s = %d".formatted(some.getName(), value.getName(), value.getNumber()));
      }
    }
    for (ServiceDescriptorProto service : file.getServiceList()) {
      for (MethodDescriptorProto call : service.getMethodList()) {
        parts.add(
            "%s.%s(%s%s) returns (%s%s)"
                .formatted(
                    service.getName(),
                    call.getName(),
                    call.getClientStreaming() ? "stream " : "",
                    call.getInputType(),
                    call.getServerStreaming() ? "stream " : "",
                    call.getOutputType()));
      }
    }
    return parts;
  }

  private static void addMessage(Set<String> parts, DescriptorProto message) {
    assertThat(message.getNestedTypeCount() + message.getEnumTypeCount())
        .as("types within %s, which this test does not look at", message.getName())
        .isZero();
    parts.add("message " + message.getName());
    for (FieldDescriptorProto field : message.getFieldList()) {
      parts.add(
          "%s.%s = %d: %s %s%s%s"
              .formatted(
                  message.getName(),
                  field.getName(),
                  field.getNumber(),
                  field.getLabel(),
                  field.getType(),
                  field.getTypeName(),
                  field.hasOneofIndex()
                      ? " in " + message.getOneofDecl(field.getOneofIndex()).getName()
                      : ""));
    }
  }
}
