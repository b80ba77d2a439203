package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** In a process of its own, as a user starts it: what a target prints does not reach a report. */
class TargetOutputTest {

  @TempDir private Path folder;

  /** The folders and jars of the modules that these tests run in, the JDK's left out. */
  private static String modulePath() {
    return ModuleLayer.boot().configuration().modules().stream()
        .map(module -> module.reference())
        .map(ModuleReference::location)
        .flatMap(location -> location.stream())
        .filter(location -> location.getScheme().equals("file"))
        .map(location -> Path.of(location).toString())
        .sorted()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private Typed start(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                modulePath(),
                "-m",
                "io.vtlb.conformance/" + Main.class.getName()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err.txt");
    Process process = new ProcessBuilder(command).redirectError(Redirect.to(err.toFile())).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Typed(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void aReportIsNotDisturbed() throws IOException, InterruptedException {
    Path classes = UsersTargets.compile(folder);
    Typed typed =
        start(
            "verify",
            "--json",
            "--sequences",
            "40",
            "--target",
            "class:my.Talking",
            "--classpath",
            classes.toString());
    assertEquals(1, typed.code(), typed.err());
    assertEquals("fails", JsonMapper.shared().readTree(typed.out()).required("verdict").asString());
    assertEquals("", typed.err(), "what a target prints is kept for its last words");
  }

  @Test
  void badInputEndsTheProcessWithItsCode() throws IOException, InterruptedException {
    start("verify", "--target", "shadow").assertRefused("shadow");
  }
}
