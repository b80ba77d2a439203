package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.TargetPlace;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.target.UnusableTarget;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anyone's class that announces itself to ServiceLoader, found on a class path. */
class ServiceTargetTest {

  @TempDir private static Path compiled;
  @TempDir private Path announced;

  private static Path classes;

  @BeforeAll
  static void compile() throws IOException {
    classes = UsersTargets.compile(compiled);
  }

  private void announce(Class<?> service, String... classNames) throws IOException {
    Path folder = Files.createDirectories(announced.resolve("META-INF/services"));
    Files.write(folder.resolve(service.getName()), List.of(classNames));
  }

  private TargetSource found(String name) {
    return Targets.here("service:" + name, List.of(classes, announced));
  }

  private void assertRefused(String name, String message) {
    UnusableTarget refused = assertThrows(UnusableTarget.class, () -> found(name));
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }

  private Typed verify(String name) {
    return Typed.of(
        "verify",
        "--strategy=random",
        "--sequences=30",
        "--jobs=1",
        "--target=service:" + name,
        "--classpath=" + classes + File.pathSeparator + announced);
  }

  @Test
  void itIsVerified() throws IOException {
    announce(VirtualTlb.class, "my.Idle");
    Typed typed = verify("Idle");
    typed.assertExits(1);
    assertTrue(typed.out().startsWith("target service:Idle (level 2), "), typed.out());
    assertTrue(typed.out().contains("\ncounterexample: EVENT-2 (MUST) is broken\n"), typed.out());
    verify("Shadow").assertRefused("there is no target service 'Shadow'; there are my.Idle (idle)");
  }

  @Test
  void itsPlaceIsThatOfItsClassAndOfItsAnnouncement() throws IOException {
    announce(Target.class, "my.Idle");
    List<Path> both = List.of(classes, announced);
    assertEquals(Set.copyOf(both), Set.copyOf(TargetPlace.of("service:Idle", both)));
    assertEquals(List.of(classes), TargetPlace.of("class:my.Idle", both));
    assertEquals(List.of(), TargetPlace.of("bundled", both));
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle", "Idle", "my.Idle"})
  void itIsFoundByEachOfItsNames(String name) throws IOException {
    announce(Target.class, "my.Unlucky", "my.Idle");
    announce(VirtualTlb.class, "my.Idle");
    TargetSource source = found(name);
    assertEquals("service:" + name, source.name());
    assertEquals("idle", source.description().name());
  }

  /** A class of that name goes before a target that calls itself so. */
  @Test
  void theWholeNameOfAClassIsNeverAmbiguous() throws IOException {
    announce(Target.class, "my.Talking", "my.Idle", "my.Failing");
    assertEquals("idle", found("my.Idle").description().name());
    assertEquals("idle", found("Failing").description().name());
    assertRefused(
        "idle",
        "several target services are called 'idle'; give the whole name of one class:"
            + " my.Failing (idle), my.Idle (idle), my.Talking (idle)");
  }

  @Test
  void otherNamesAreRefusedWithThoseThatThereAre() throws IOException {
    announce(Target.class, "my.Unlucky", "my.Idle", "my.Mute");
    assertRefused(
        "Shadow",
        "there is no target service 'Shadow'; there are my.Idle (idle),"
            + " my.Mute (cannot be made), my.Unlucky (cannot be made)");
  }

  @Test
  void whereNoneIsAnnouncedOneIsToldHow() {
    assertRefused(
        "Idle",
        "there is no target service 'Idle'; none is announced: name the class in"
            + " META-INF/services/io.vtlb.model.target.Target, and give --classpath");
  }

  @Test
  void whatCannotBeMadeOrDescribedIsRefused() throws IOException {
    announce(Target.class, "my.Unlucky", "my.Mute");
    assertRefused("Unlucky", "target service my.Unlucky cannot be made: ");
    assertRefused("Unlucky", "no luck");
    assertRefused("Mute", "describe() failed with java.lang.IllegalStateException: no words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my.Missing", "my.Demanding", "my/Idle", "a b"})
  void aWrongAnnouncementIsNamed(String line) throws IOException {
    announce(Target.class, "my.Idle", line);
    assertRefused("idle", "a target service is not announced as it should be: ");
  }
}
