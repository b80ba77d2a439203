package io.vtlb.conformance.bench.jqwik;

import io.vtlb.model.machine.AccessKind;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/**
 * The property that a user of jqwik would write with the model's parts: whatever a guest does, all
 * that it can reach is admissible, and its accesses end in an admissible way.
 */
final class ChainProperty {

  @Property(seed = "1")
  void everyStepIsRight(@ForAll("chains") ActionChain<Guest> chain) {
    chain.run();
  }

  @Provide
  Arbitrary<ActionChain<Guest>> chains() {
    GuestWorlds worlds = GuestWorlds.STARTS.get();
    return ActionChain.<Guest>startWith(worlds::next)
        .withAction(12, ChainActions.atAddress("load", guest -> true, access(AccessKind.LOAD)))
        .withAction(16, ChainActions.atAddress("store", guest -> true, access(AccessKind.STORE)))
        .withAction(8, ChainActions.atAddress("fetch", guest -> true, access(AccessKind.FETCH)))
        .withAction(
            11, ChainActions.atAddress("INVLPG", guest -> guest.cpl() == 0, Guest::invalidatePage))
        .withAction(8, ChainActions.turnToAnother())
        .withAction(6, ChainActions.loadRoot())
        .withAction(6, ChainActions.toggleGlobalPages())
        .withAction(9, ChainActions.changePrivilege())
        .withAction(16, ChainActions.flipFlag())
        .withAction(8, ChainActions.changeFrame())
        .withMaxTransformations(worlds.length());
  }

  private static BiConsumer<Guest, Long> access(AccessKind kind) {
    return (guest, address) -> guest.access(kind, address, 0x5A);
  }
}
