# The last bytes of a 64 KiB boot ROM: real mode to 32-bit protected mode, then into the runner.
        .set BASE, 0x70000000
        .code16
        .org 0
rom:    .skip 0xffc0
start:  cli
        lgdtl   %cs:(gdtptr - rom)
        movl    %cr0, %eax
        orb     $1, %al
        movl    %eax, %cr0
        ljmpl   $0x08, $BASE + 0x10000
gdtptr: .word   0x1f
        .long   BASE + 0x1000
        .org 0xfff0
        jmp     start
        .org 0xffff
        .byte   0
