package io.vtlb.conformance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs that are checked in are what their sources assemble to. */
class ProgramsTest {

  private static final Path SOURCES = Path.of("src", "native", "emulator");
  private static final Path RESOURCES =
      Path.of("src", "main", "resources", "io", "vtlb", "conformance", "emulator");
  private static final List<String> TOOLS = List.of("sh", "as", "ld", "objcopy", "od");

  @TempDir private Path folder;

  @Test
  void theBytesAreWhatTheSourcesAssembleTo() throws IOException, InterruptedException {
    for (String tool : TOOLS) {
      assumeTrue(isOnPath(tool), "'" + tool + "' is not on the PATH (binutils)");
    }
    String machine = System.getProperty("os.arch");
    assumeTrue(machine.equals("amd64"), "'as' assembles for " + machine);
    Process build =
        new ProcessBuilder("sh", SOURCES.resolve("build.sh").toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, build.waitFor(), said);
    for (Programs program : Programs.values()) {
      String file = program.name().toLowerCase(Locale.ROOT) + ".hex";
      assertEquals(
          Files.readString(folder.resolve(file)), Files.readString(RESOURCES.resolve(file)), file);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Instruction.class, names = "FETCH", mode = EnumSource.Mode.EXCLUDE)
  void eachInstructionEndsInAnInvalidOne(Instruction instruction) {
    byte[] pad = Programs.PAD.bytes();
    int end = instruction.offset() + instruction.length();
    assertEquals(0x0F, pad[end]);
    assertEquals(0x0B, pad[end + 1]);
  }

  private static boolean isOnPath(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
  }
}
