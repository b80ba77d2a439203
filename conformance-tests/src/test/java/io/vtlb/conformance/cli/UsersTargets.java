package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.target.VirtualTlb;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Target classes as users write them, compiled against nothing but the vocabulary.
 *
 * <p>{@code my.Idle} answers every event by going on, so nothing is ever mapped: it loops for ever
 * at the first access. The others change one thing of it.
 */
final class UsersTargets {

  private static final String IDLE =
      """
      package my;

      import io.vtlb.model.event.Event;
      import io.vtlb.model.event.Response;
      import io.vtlb.model.machine.PrivilegeSet;
      import io.vtlb.model.machine.Vcpu;
      import io.vtlb.model.target.*;
      import java.util.Collection;
      import java.util.List;
      import java.util.Set;

      public class Idle implements VirtualTlb {
        public Description describe() {
          return new Description("idle", ObservationLevel.ACTIVE_STRUCTURE, Set.of());
        }
        public void create(VmBlueprint blueprint, GuestMemory memory) {}
        public Response handle(Event event) {
          return Response.of(new Response.Action.Resume());
        }
        public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
          return List.of();
        }
      }
      """;

  /** Serves one mode, and declares nothing. */
  private static final String TWO_LEVEL =
      """
      package my;

      import io.vtlb.model.machine.Paging;
      import io.vtlb.model.target.*;
      import java.util.Set;

      public class TwoLevel extends Idle {
        public Description describe() {
          return new Description(
              "two-level", "", ObservationLevel.ACTIVE_STRUCTURE, Set.of(Paging.TWO_LEVEL), Set.of());
        }
      }
      """;

  private static final Map<String, String> OTHERS =
      Map.of(
          "NotPublic",
          "package my; class NotPublic extends Idle { public NotPublic() {} }",
          "Demanding",
          "package my; public class Demanding extends Idle { public Demanding(int size) {} }",
          "Hidden",
          "package my; public class Hidden extends Idle { private Hidden() {} }",
          "Unfinished",
          "package my; public abstract class Unfinished extends Idle {}",
          "Unlucky",
          "package my; public class Unlucky extends Idle {"
              + " public Unlucky() { throw new IllegalStateException(\"no luck\\ntoday\"); } }",
          "Shy",
          "package my; public class Shy extends Idle {"
              + " public io.vtlb.model.target.Description describe() { return null; } }",
          "Mute",
          "package my; public class Mute extends Idle {"
              + " public io.vtlb.model.target.Description describe() {"
              + " throw new IllegalStateException(\"no words\"); } }",
          "Stillborn",
          "package my; public class Stillborn extends Idle {"
              + " static final int SIZE = Integer.parseInt(\"none\"); }",
          "Failing",
          "package my; public class Failing extends Idle {"
              + " public io.vtlb.model.event.Response handle(io.vtlb.model.event.Event event) {"
              + " throw new IllegalStateException(\"not yet\"); } }",
          "Talking",
          "package my; public class Talking extends Idle {"
              + " public Talking() { System.out.println(\"hello from the target\"); } }");

  private UsersTargets() {}

  /** Compiles all of them into a folder. */
  static Path compile(Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/my"));
    Files.writeString(sources.resolve("Idle.java"), IDLE);
    Files.writeString(sources.resolve("TwoLevel.java"), TWO_LEVEL);
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      Files.writeString(sources.resolve(other.getKey() + ".java"), other.getValue());
    }
    Path classes = folder.resolve("classes");
    ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none", "-d", classes.toString(), "-cp", place(VirtualTlb.class).toString()));
    try (Stream<Path> files = Files.list(sources)) {
      files.map(Path::toString).forEach(arguments::add);
    }
    int code = compiler.run(System.out, System.err, arguments.toArray(String[]::new));
    assertEquals(0, code);
    return classes;
  }

  /** The folder or jar that a class was loaded from. */
  static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
