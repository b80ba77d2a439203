package io.vtlb.conformance.target;

import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds targets that announce themselves to {@link ServiceLoader}, as a service of any of the three
 * target types.
 */
final class TargetService {

  private static final String HOW_TO_ANNOUNCE =
      "none is announced: name the class in META-INF/services/"
          + Target.class.getName()
          + ", and give --classpath the folder or jar that it is in";

  /**
   * A provider that was found.
   *
   * @param name what the target calls itself; nothing if it cannot be asked
   */
  private record Candidate(
      ServiceLoader.Provider<? extends Target> provider, Optional<String> name) {

    String className() {
      return provider.type().getName();
    }

    boolean isCalled(String sought) {
      return name.filter(sought::equals).isPresent()
          || provider.type().getSimpleName().equals(sought);
    }

    @Override
    public String toString() {
      return className() + name.map(own -> " (" + own + ")").orElse(" (cannot be made)");
    }
  }

  private TargetService() {}

  /**
   * What makes the target of a name.
   *
   * @param name the simple or whole name of the provider's class, or what it calls itself
   * @throws UnusableTarget if no provider has that name, or several have
   */
  static Supplier<Target> find(String name, List<Path> classPath) {
    List<Candidate> all = candidates(TargetClass.loader(classPath));
    List<Candidate> found = having(one -> one.className().equals(name), all);
    if (found.isEmpty()) {
      found = having(one -> one.isCalled(name), all);
    }
    if (found.isEmpty()) {
      throw new UnusableTarget(
          "there is no target service '%s'; %s"
              .formatted(name, all.isEmpty() ? HOW_TO_ANNOUNCE : "there are " + listed(all)));
    }
    if (found.size() > 1) {
      throw new UnusableTarget(
          "several target services are called '%s'; give the whole name of one class: %s"
              .formatted(name, listed(found)));
    }
    ServiceLoader.Provider<? extends Target> provider = found.getFirst().provider();
    return () -> made(provider);
  }

  private static List<Candidate> having(Predicate<Candidate> quality, List<Candidate> all) {
    return all.stream().filter(quality).toList();
  }

  private static String listed(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::toString).sorted().collect(Collectors.joining(", "));
  }

  /** A class may be announced as more than one service. */
  private static List<Candidate> candidates(ClassLoader loader) {
    Map<Class<?>, Candidate> found = new LinkedHashMap<>();
    try {
      add(ServiceLoader.load(Target.class, loader), found);
      add(ServiceLoader.load(VirtualTlb.class, loader), found);
      add(ServiceLoader.load(GuestMachine.class, loader), found);
    } catch (ServiceConfigurationError e) {
      throw new UnusableTarget("a target service is not announced as it should be: " + told(e));
    }
    return List.copyOf(found.values());
  }

  private static <T extends Target> void add(
      ServiceLoader<T> services, Map<Class<?>, Candidate> found) {
    services.stream()
        .forEach(provider ->
            found.putIfAbsent(provider.type(), new Candidate(provider, name(provider))));
  }

  private static Optional<String> name(ServiceLoader.Provider<? extends Target> provider) {
    try {
      return Optional.of(provider.get().describe().name());
    } catch (RuntimeException
        | LinkageError
        | StackOverflowError
        | AssertionError
        | ServiceConfigurationError e) {
      return Optional.empty();
    }
  }

  private static Target made(ServiceLoader.Provider<? extends Target> provider) {
    try {
      return provider.get();
    } catch (ServiceConfigurationError e) {
      throw new UnusableTarget(
          "target service %s cannot be made: %s".formatted(provider.type().getName(), told(e)));
    }
  }

  private static String told(ServiceConfigurationError error) {
    return error.getMessage() + (error.getCause() == null ? "" : " (" + error.getCause() + ")");
  }
}
