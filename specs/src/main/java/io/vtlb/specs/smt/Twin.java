package io.vtlb.specs.smt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One deliberate mistake in one definition: with it, some theorems must be refuted.
 *
 * @param name the file's name without its ending
 * @param says what the mistake is
 * @param definition the file of definitions that it is a twin of
 * @param refutes the names of the theorems that no longer hold
 * @param fault the fault of the kit's library that makes this mistake, if there is one
 * @param function the function that it defines otherwise
 * @param mistake its definition, one command
 */
public record Twin(
    String name,
    String says,
    String definition,
    List<String> refutes,
    Optional<String> fault,
    String function,
    String mistake) {

  private static final Pattern OF = Pattern.compile("Twin of: (\\S+), refutes: (.+)");

  private static final Pattern FAULT = Pattern.compile("Fault: (\\S+)");

  public Twin {
    refutes = List.copyOf(refutes);
  }

  static Twin read(String name, String text) {
    Heading heading = Heading.of(text);
    Matcher of =
        heading
            .find(OF)
            .orElseThrow(() ->
                new MalformedSpecification(
                    name + ": no line ';; Twin of: FILE, refutes: THEOREM'"));
    List<Command> commands = Command.of(text, name);
    if (commands.size() != 1 || !commands.getFirst().head().equals("define-fun")) {
      throw new MalformedSpecification(name + ": a twin is exactly one define-fun");
    }
    Command only = commands.getFirst();
    return new Twin(
        name,
        heading.lines().getFirst(),
        of.group(1),
        List.of(of.group(2).strip().split("\\s+")),
        heading.find(FAULT).map(found -> found.group(1)),
        only.subject(),
        text.substring(only.start(), only.end()));
  }
}
