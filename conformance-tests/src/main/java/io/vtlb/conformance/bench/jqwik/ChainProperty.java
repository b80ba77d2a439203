package io.vtlb.conformance.bench.jqwik;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.model.operation.GuestOperation;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/**
 * The property that a user of jqwik would write: whatever a guest does, every step is judged right.
 */
final class ChainProperty {

  @Property(seed = "1")
  boolean everyStepIsRight(@ForAll("chains") ActionChain<Guest> chain) {
    return chain.run().outcome() instanceof RunOutcome.Conforms;
  }

  @Provide
  Arbitrary<ActionChain<Guest>> chains() {
    GuestWorlds worlds = GuestWorlds.STARTS.get();
    return ActionChain.<Guest>startWith(worlds::next)
        .withAction(
            12,
            ChainActions.atAddress(
                "load", guest -> true, at -> new GuestOperation.Load(at.vcpu(), at.address())))
        .withAction(
            16,
            ChainActions.atAddress(
                "store",
                guest -> true,
                at -> new GuestOperation.Store(at.vcpu(), at.address(), 0x5A)))
        .withAction(
            8,
            ChainActions.atAddress(
                "fetch", guest -> true, at -> new GuestOperation.Fetch(at.vcpu(), at.address())))
        .withAction(
            11,
            ChainActions.atAddress(
                "INVLPG",
                guest -> guest.cpl() == 0,
                at -> new GuestOperation.InvalidatePage(at.vcpu(), at.address())))
        .withAction(8, ChainActions.turnToAnother())
        .withAction(6, ChainActions.loadRoot())
        .withAction(6, ChainActions.toggleGlobalPages())
        .withAction(9, ChainActions.changePrivilege())
        .withAction(16, ChainActions.flipFlag())
        .withAction(8, ChainActions.changeFrame())
        .withMaxTransformations(worlds.length());
  }
}
