package io.vtlb.conformance.cli;

import io.vtlb.conformance.verify.Strategy;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the word of a strategy. */
final class StrategyWord implements ITypeConverter<Strategy> {

  @Override
  public Strategy convert(String word) {
    return Strategy.ofWord(word)
        .orElseThrow(
            () -> new TypeConversionException("'" + word + "' is no strategy; give " + words()));
  }

  private static String words() {
    return Arrays.stream(Strategy.values()).map(Strategy::word).collect(Collectors.joining(", "));
  }
}
