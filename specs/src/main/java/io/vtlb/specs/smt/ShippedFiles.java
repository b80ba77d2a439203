package io.vtlb.specs.smt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of the specification as they are packed into this module. */
final class ShippedFiles {

  private static final String FOLDER = "io/vtlb/specs/smt/";

  private ShippedFiles() {}

  /** Each file's text by its path below {@code specs/smt}. */
  static Map<String, String> read() {
    Module module = ShippedFiles.class.getModule();
    try (ModuleReader reader =
        module
            .getLayer()
            .configuration()
            .findModule(module.getName())
            .orElseThrow()
            .reference()
            .open()) {
      Map<String, String> files = new TreeMap<>();
      List<String> names = reader.list().filter(name -> name.startsWith(FOLDER)).toList();
      for (String name : names) {
        if (name.endsWith(".smt2")) {
          try (InputStream data = reader.open(name).orElseThrow()) {
            files.put(
                name.substring(FOLDER.length()),
                new String(data.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("the specification of this build cannot be read", e);
    }
  }
}
