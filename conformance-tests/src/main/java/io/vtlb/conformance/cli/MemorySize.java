package io.vtlb.conformance.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads amounts of memory such as {@code 64K}, {@code 500M} and {@code 2G}, in bytes. */
final class MemorySize implements ITypeConverter<Long> {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([KMG])");

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no amount of memory; write 64K, 500M or 2G");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "K" -> count << 10;
      case "M" -> count << 20;
      default -> count << 30;
    };
  }
}
