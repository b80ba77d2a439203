package io.vtlb.model.machine;

/**
 * The registers that decide how linear addresses are translated: control registers, written by MOV,
 * and IA32_EFER, written by WRMSR (Intel SDM vol. 3, 2.5 and 2.2.1).
 */
public enum ControlRegister {
  CR0,
  CR3,
  CR4,
  EFER
}
