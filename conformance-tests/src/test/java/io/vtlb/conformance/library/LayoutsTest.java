package io.vtlb.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The structs are laid out as a C compiler does it. */
class LayoutsTest {

  @Test
  void everyFieldIsWhereTheCompilerPutsIt(@TempDir Path folder)
      throws IOException, InterruptedException {
    StringBuilder program =
        new StringBuilder(
            "#include <stddef.h>\n#include <stdio.h>\n#include \"vtlb.h\"\nint main(void) {\n");
    List<String> expected = new ArrayList<>();
    for (StructLayout struct : Layouts.all()) {
      String type = struct.name().orElseThrow();
      line(program, type, "sizeof(struct " + type + ")");
      expected.add(type + " " + struct.byteSize());
      for (MemoryLayout field : struct.memberLayouts()) {
        String name = field.name().orElseThrow();
        line(program, type + "." + name, "offsetof(struct " + type + ", " + name + ")");
        expected.add(type + "." + name + " " + Layouts.offset(struct, name));
        line(program, "sizeof " + name, "sizeof ((struct " + type + " *)0)->" + name);
        expected.add("sizeof " + name + " " + field.byteSize());
      }
    }
    assertEquals(expected, CCompiler.output(program.append("}\n").toString(), folder));
  }

  private static void line(StringBuilder program, String words, String value) {
    program.append("  printf(\"%s %%zu\\n\", %s);\n".formatted(words, value));
  }
}
