package io.vtlb.conformance.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads spans of time such as {@code 500ms}, {@code 30s}, {@code 5m} and {@code 2h}. */
final class TimeSpan implements ITypeConverter<Duration> {

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no span of time; write 500ms, 30s, 5m or 2h");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration span =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        };
    if (span.compareTo(LONGEST) > 0) {
      throw new TypeConversionException("'" + text + "' is more than a year");
    }
    return span;
  }
}
