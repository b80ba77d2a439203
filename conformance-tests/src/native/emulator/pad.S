# The probes' instructions, each followed by UD2: an exit at any CPL, and the end of a translation block.
# The same bytes mean the same in 32-bit and in 64-bit code.
        .code64
        .org 0x00; movl (%rbx),%eax; ud2
        .org 0x10; movl %ecx,(%rbx); ud2
        .org 0x20; lar %cx,%eax; ud2
        .org 0x30; movq (%rbx),%mm0; ud2
        .org 0x40; movq %mm0,(%rbx); ud2
        .org 0x50
