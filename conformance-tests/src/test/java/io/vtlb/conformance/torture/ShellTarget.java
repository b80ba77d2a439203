package io.vtlb.conformance.torture;

import java.util.List;

/** Targets that are a few lines of shell, for tests that start them some hundred times. */
final class ShellTarget {

  private ShellTarget() {}

  /**
   * The words of a target that does something at each event, and else answers rightly.
   *
   * @param deed shell commands; {@code $n} is the number of the request
   */
  static List<String> atEvents(String deed) {
    String script =
        """
        while read -r line; do
          n=${line#*:}
          n=${n%%,*}
          case $line in
            *'"request":"hello"'*)
              echo "{\\"n\\":$n,\\"protocol\\":\\"vtlb-target/1\\",\\"name\\":\\"shell\\",\\"version\\":\\"1\\",\\"level\\":2,\\"modes\\":[\\"none\\"],\\"features\\":[]}" ;;
            *'"request":"event"'*) DEED ;;
            *'"request":"entries"'*) echo "{\\"n\\":$n,\\"entries\\":[]}" ;;
            *) echo "{\\"n\\":$n}" ;;
          esac
        done
        """;
    return List.of("sh", "-c", script.replace("DEED", deed));
  }
}
