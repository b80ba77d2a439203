package io.vtlb.conformance.cli;

import io.vtlb.conformance.doctor.Checkup;
import io.vtlb.conformance.doctor.Part;
import io.vtlb.conformance.doctor.Part.Need;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code vtlb doctor}: what works here, and how to get the rest. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what of vtlb works on this machine, found by trying it, and how to get the rest.",
      "Nothing is installed or changed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that is needed works; optional parts may be missing",
      "2:wrong usage",
      "3:something that is needed does not work",
    },
    footerHeading = "%nExamples:%n",
    footer = {"  vtlb doctor", "  vtlb doctor --json | jq '.parts[] | select(.works | not)'"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Part> parts =
        json ? Checkup.parts().toList() : Checkup.parts().peek(part -> print(out, part)).toList();
    boolean well = parts.stream().allMatch(part -> part.works() || part.need() != Need.NEEDED);
    if (json) {
      out.println(document(parts, well).toPrettyString());
    } else {
      out.println();
      out.println(
          well
              ? "everything that is needed works here"
              : "something that is needed does not work here");
    }
    out.flush();
    return well ? 0 : Main.INCONCLUSIVE;
  }

  /** Each as soon as it was tried: some take a second. */
  private static void print(PrintWriter out, Part part) {
    out.println(
        "%-8s %s: %s".formatted(part.works() ? "works" : "missing", part.name(), part.told()));
    out.println("         for:    " + part.use());
    if (!part.works()) {
      out.println("         remedy: " + part.remedy());
    }
    out.flush();
  }

  private static ObjectNode document(List<Part> parts, boolean well) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("works", well);
    ArrayNode array = json.putArray("parts");
    for (Part part : parts) {
      array
          .addObject()
          .put("name", part.name())
          .put("use", part.use())
          .put("need", part.need().id())
          .put("works", part.works())
          .put("told", part.told())
          .put("remedy", part.remedy());
    }
    return json;
  }
}
