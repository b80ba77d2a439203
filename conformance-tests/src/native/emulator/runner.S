# The probe runner: a bare-metal program at BASE + 0x10000, above the memory that probes use, entered in flat 32-bit protected mode.
# It waits for a byte on the first serial port, runs the batch of probes that lies at BATCH, and answers
# with a byte. A probe runs as an SVM guest: VMRUN loads its control registers, privilege and
# instruction pointer at once, and every exception ends it with #VMEXIT, so that no interrupt
# table, stack or handler has to be mapped by the page tables under test.
        .set BASE,      0x70000000
        .set PENDING,   BASE + 0x2000   # set by the interrupt handler
        .set COUNT,     BASE + 0x2008   # number of probes in the batch
        .set IDT,       BASE + 0x3000
        .set BATCH,     BASE + 0x200000 # first probe record
        .set VMCB,      BASE + 0x30000
        .set HSAVE,     BASE + 0x31000
        .set TABLES,    BASE + 0x40000  # identity map, built by the opener
        .set STACK,     BASE + 0x3f000
        # probe record, in quadwords
        .set R_CR0, 0
        .set R_CR3, 8
        .set R_CR4, 16
        .set R_EFER, 24
        .set R_RIP, 32
        .set R_RFLAGS, 40
        .set R_RBX, 48
        .set R_RCX, 56
        .set R_CS, 64
        .set R_SS, 72
        .set R_PKRU, 80
        .set R_WORDS, 88
        .set R_GDTR, 96
        .set R_RAX, 104
        .set R_EXIT, 112
        .set R_INFO1, 120
        .set R_INFO2, 128
        .set R_RAX_OUT, 136
        .set R_RIP_OUT, 144
        .set R_CPL, 152
        .set R_MM0, 160                 # what an 8-byte load read
        .set R_LIST, 168                # then words: address, value, old and (after) what is there

        .code32
        .globl _start
_start: movl    $0x10, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss
        movl    $STACK, %esp
        movl    $0x400020, %eax         # CR4: PKE, PAE
        movl    %eax, %cr4
        movl    $TABLES, %eax
        movl    %eax, %cr3
        movl    $0xc0000080, %ecx       # EFER: SVME, NXE, LME
        movl    $0x1900, %eax
        xorl    %edx, %edx
        wrmsr
        movl    $0xc0010117, %ecx       # VM_HSAVE_PA
        movl    $HSAVE, %eax
        wrmsr
        movl    $0x80010011, %eax       # CR0: PG, WP, ET, PE
        movl    %eax, %cr0
        ljmpl   $0x18, $long

        .code64
long:   lidt    idtptr(%rip)
        movb    $0x11, %al              # interrupt controllers: vectors 0x20.., only IRQ 4 open
        outb    %al, $0x20
        outb    %al, $0xa0
        movb    $0x20, %al
        outb    %al, $0x21
        movb    $0x28, %al
        outb    %al, $0xa1
        movb    $4, %al
        outb    %al, $0x21
        movb    $2, %al
        outb    %al, $0xa1
        movb    $1, %al
        outb    %al, $0x21
        outb    %al, $0xa1
        movb    $0xef, %al
        outb    %al, $0x21
        movb    $0xff, %al
        outb    %al, $0xa1
        movl    $0xfee00000, %ebx       # local APIC: on, LINT0 from the controllers above
        movl    $0x1ff, 0xf0(%rbx)
        movl    $0x8700, 0x350(%rbx)
        movw    $0x3fb, %dx             # serial port: 8N1, interrupt when a byte is there
        movb    $3, %al
        outb    %al, %dx
        movw    $0x3fc, %dx
        movb    $0x0b, %al
        outb    %al, %dx
        movw    $0x3f9, %dx
        movb    $1, %al
        outb    %al, %dx
        movb    $'R', %al
        jmp     answer

done:   movb    $'D', %al
answer: movw    $0x3f8, %dx
        outb    %al, %dx
        stgi
wait:   cli
        cmpb    $0, PENDING
        jne     batch
        sti
        hlt
        jmp     wait

batch:  movb    $0, PENDING
        movq    COUNT, %r12
        movl    $BATCH, %r13d
        movl    $VMCB, %r14d
next:   testq   %r12, %r12
        jz      done
        # place the words
        movq    R_WORDS(%r13), %rbp
        leaq    R_LIST(%r13), %rsi
        testq   %rbp, %rbp
        jz      2f
1:      movq    (%rsi), %rdi
        movq    8(%rsi), %rax
        xchgq   %rax, (%rdi)
        movq    %rax, 16(%rsi)
        addq    $24, %rsi
        decq    %rbp
        jnz     1b
2:      movq    %rsi, %r15
        # the guest's state
        movq    R_CR0(%r13), %rax
        movq    %rax, 0x558(%r14)
        movq    R_CR3(%r13), %rax
        movq    %rax, 0x550(%r14)
        movq    R_CR4(%r13), %rax
        movq    %rax, 0x548(%r14)
        movq    R_EFER(%r13), %rax
        movq    %rax, 0x4d0(%r14)
        movq    R_RIP(%r13), %rax
        movq    %rax, 0x578(%r14)
        movq    R_RFLAGS(%r13), %rax
        movq    %rax, 0x570(%r14)
        movq    R_RAX(%r13), %rax
        movq    %rax, 0x5f8(%r14)
        movq    R_CS(%r13), %rax
        movq    %rax, 0x410(%r14)
        movq    R_SS(%r13), %rax
        movq    %rax, 0x400(%r14)
        movq    %rax, 0x420(%r14)
        movq    %rax, 0x430(%r14)
        movq    R_GDTR(%r13), %rax
        movq    %rax, 0x468(%r14)
        movb    R_CPL(%r13), %al
        movb    %al, 0x4cb(%r14)
        movq    $0, 0x640(%r14)
        xorl    %ecx, %ecx
        xorl    %edx, %edx
        movl    R_PKRU(%r13), %eax
        wrpkru
        movq    R_RBX(%r13), %rbx
        movq    R_RCX(%r13), %rcx
        movq    R_RCX(%r13), %mm0       # no VMRUN or #VMEXIT touches it
        movq    %r14, %rax
        vmrun
        # what became of it
        movq    0x70(%r14), %rax
        movq    %rax, R_EXIT(%r13)
        movq    0x78(%r14), %rax
        movq    %rax, R_INFO1(%r13)
        movq    0x80(%r14), %rax
        movq    %rax, R_INFO2(%r13)
        movq    0x5f8(%r14), %rax
        movq    %rax, R_RAX_OUT(%r13)
        movq    0x578(%r14), %rax
        movq    %rax, R_RIP_OUT(%r13)
        movq    %mm0, R_MM0(%r13)
        # take the words back, last first: an address that occurs twice ends as it was
        movq    %r15, %rsi
        movq    R_WORDS(%r13), %rbp
        testq   %rbp, %rbp
        jz      4f
3:      subq    $24, %rsi
        movq    (%rsi), %rdi
        movq    16(%rsi), %rax
        xchgq   %rax, (%rdi)
        movq    %rax, 16(%rsi)
        decq    %rbp
        jnz     3b
4:      movq    %r15, %r13
        decq    %r12
        jmp     next

        .org 0x280                      # HostTables knows where the two handlers are
irq:    pushq   %rax
        pushq   %rdx
        movw    $0x3f8, %dx
        inb     %dx, %al
        movb    $1, PENDING
        movb    $0x20, %al
        outb    %al, $0x20
        popq    %rdx
        popq    %rax
        iretq
        .org 0x2a0
wrong:  movb    $'X', %al               # an exception in the runner itself
        movw    $0x3f8, %dx
        outb    %al, %dx
5:      cli
        hlt
        jmp     5b
idtptr: .word   0xfff
        .quad   IDT
