package io.vtlb.conformance.cli;

import io.vtlb.conformance.starter.Language;
import io.vtlb.conformance.starter.Starter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code vtlb new-target}: the beginning of a target of one's own. */
@Command(
    name = "new-target",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a small project for a target of your own.",
      "It builds, runs, and fails honestly at the first rule: comments in it say what to do first,"
          + " docs/your-first-target.md goes on from there."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the project is there",
      "2:wrong usage, or a folder that is not empty or cannot be written",
    },
    footerHeading = "%nExamples:%n",
    footer = {"  vtlb new-target python my-tlb", "  vtlb new-target c ~/src/my-tlb --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class NewTargetCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "LANGUAGE", description = "java, c, python or rust.")
  private String language;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Where it is written: a folder that is empty, or not there yet.")
  private String folder;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    Starter starter = new Starter(language(), folder());
    try {
      starter.write();
    } catch (IOException e) {
      throw new UnusableFile(String.valueOf(e.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(starter).toPrettyString() + "\n" : text(starter));
    out.flush();
    return 0;
  }

  private Language language() {
    return Language.of(language)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "LANGUAGE: there is no template for '%s'; choose from %s"
                    .formatted(language, String.join(", ", Language.words()))));
  }

  private Path folder() {
    try {
      if (!folder.isBlank()) {
        return Path.of(folder);
      }
    } catch (InvalidPathException e) {
      throw new ParameterException(spec.commandLine(), "DIR: " + e.getMessage(), e);
    }
    throw new ParameterException(spec.commandLine(), "DIR is empty; name a new folder");
  }

  private static String text(Starter starter) {
    return """
    %s has the beginning of a target: %s

    next:
      %s
    """
        .formatted(
            starter.folder(),
            String.join(", ", starter.language().files()),
            String.join("\n  ", starter.next()));
  }

  private static ObjectNode json(Starter starter) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("language", starter.language().word());
    json.put("folder", starter.folder().toString());
    add(json.putArray("files"), starter.language().files());
    add(json.putArray("next"), starter.next());
    return json;
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
