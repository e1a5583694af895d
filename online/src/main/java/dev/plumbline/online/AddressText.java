package dev.plumbline.online;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code HOST:PORT}, as options give it; an IPv6 host stands in brackets. */
final class AddressText implements ITypeConverter<InetSocketAddress> {
  private static final Pattern ADDRESS = Pattern.compile("(\\[.+]|[^:]+):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  @Override
  public InetSocketAddress convert(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > LAST_PORT) {
      throw new TypeConversionException(
          "'%s' is no address (expected: HOST:PORT, such as 127.0.0.1:6566)".formatted(text));
    }
    InetSocketAddress address =
        new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    if (address.isUnresolved()) {
      throw new TypeConversionException(
          "'%s' names an unknown host; give an address of this machine".formatted(text));
    }
    return address;
  }
}
