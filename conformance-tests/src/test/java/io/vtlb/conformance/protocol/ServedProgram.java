package io.vtlb.conformance.protocol;

import io.vtlb.conformance.process.OwnClassPath;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a {@link ServedTarget} is started. */
final class ServedProgram {

  private ServedProgram() {}

  /**
   * A target of this process, as one in another process.
   *
   * @param name what {@code --target} calls it
   */
  static TargetSource exec(String name, ServedTarget.Way... ways) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx400m",
                "-cp",
                OwnClassPath.words(),
                ServedTarget.class.getName(),
                name));
    List.of(ways).forEach(way -> words.add(way.name()));
    return Targets.named(
        words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec:", "")),
        List.of());
  }
}
