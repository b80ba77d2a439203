package io.vtlb.conformance.process;

import java.io.File;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that these tests were loaded from, whether as modules or not, for another JVM. */
public final class OwnClassPath {

  private OwnClassPath() {}

  /** The folder of the tests themselves, the kit, and what both need. */
  public static String words() {
    Stream<String> modules =
        ModuleLayer.boot().configuration().modules().stream()
            .map(module -> module.reference())
            .map(ModuleReference::location)
            .flatMap(location -> location.stream())
            .filter(location -> location.getScheme().equals("file"))
            .map(location -> Path.of(location).toString());
    return Stream.of(Stream.of(tests()), modules, Stream.of(System.getProperty("java.class.path")))
        .flatMap(entries -> entries)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The folder that this class was loaded from; the module's own place is another one. */
  public static String tests() {
    String file = OwnClassPath.class.getSimpleName() + ".class";
    Path path = Path.of(URI.create(String.valueOf(OwnClassPath.class.getResource(file))));
    int names = OwnClassPath.class.getPackageName().split("\\.").length + 1;
    for (int name = 0; name < names; name++) {
      path = path.getParent();
    }
    return path.toString();
  }
}
