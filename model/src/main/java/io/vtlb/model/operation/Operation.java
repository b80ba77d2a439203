package io.vtlb.model.operation;

/** One element of a sequence: what a guest, its host, or either at a chosen moment does. */
public sealed interface Operation permits GuestOperation, HostOperation, AtRead {}
