package io.vtlb.model.machine;

/**
 * The control registers that decide how linear addresses are translated (Intel SDM vol. 3, 2.5).
 */
public enum ControlRegister {
  CR0,
  CR3,
  CR4
}
