package io.vtlb.conformance.starter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The beginning of a target in a folder.
 *
 * @param language what it is written in
 * @param folder where it stands, or will, as the user named it
 */
public record Starter(Language language, Path folder) {

  /**
   * Writes its files, all of them or none; the folder is made if it is not there.
   *
   * @throws IOException if the folder is not empty, or cannot be written; the message names it
   */
  public void write() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String file : language.files()) {
      files.put(file, content(file));
    }
    NewFolder.write(folder, files);
  }

  private byte[] content(String file) throws IOException {
    String resource = language.word() + "/" + file;
    try (InputStream in = Starter.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the kit was built without " + resource);
      }
      return in.readAllBytes();
    }
  }

  /** The commands that build the target and put it to the test, for a shell. */
  public List<String> next() {
    List<String> commands = new ArrayList<>();
    switch (language) {
      case JAVA -> {
        commands.add("mvn -q install -Dmaven.test.skip=true   # once, in the folder of vtlb");
        commands.add("mvn -f " + place("pom.xml") + " test");
      }
      case C -> {
        commands.add("make -C " + ShellWord.of(folder.toString()));
        commands.add(verify("exec:" + command("tlb")));
        commands.add(verify("lib:" + folder.resolve("libtlb.so")));
      }
      case PYTHON -> commands.add(verify("exec:python3 " + place("tlb.py")));
      case RUST -> {
        commands.add("cargo build --release --manifest-path " + place("Cargo.toml"));
        commands.add(verify("exec:" + command("target/release/my-tlb")));
      }
    }
    return commands;
  }

  private static String verify(String target) {
    return "./vtlb verify --target " + ShellWord.of(target);
  }

  private String place(String file) {
    return ShellWord.of(folder.resolve(file).toString());
  }

  /** A program is looked for on the PATH unless its name says a folder. */
  private String command(String file) {
    Path place = folder.resolve(file);
    return ShellWord.of(place.getNameCount() == 1 ? "./" + place : place.toString());
  }
}
