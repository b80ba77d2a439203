;; The small world as a transition system: what an operation makes of every part of its state. A
;; state variable X has its next value in next-X; `operation` is what is done.
;; Needs: transition cell

;; Guest memory, as far as the page's walk can read it.
(declare-const first-entry (_ BitVec 64))
(declare-const second-entry (_ BitVec 64))
(declare-const directory-entry (_ BitVec 64))
(declare-const upper-entry (_ BitVec 64))
;; The virtual CPU.
(declare-const now Control)
(declare-const cpl (_ BitVec 2))
(declare-const alignment-check Bool)
(declare-const pkru-now (_ BitVec 32))
;; The page's active entry for each set.
(declare-const active-supervisor Active)
(declare-const active-user Active)
(declare-const active-ac Active)
;; What the host has behind the first frame, whether it keeps a log, and for the other frames
;; whether it has not been told of a store since.
(declare-const behind Backing)
(declare-const logs Bool)
(declare-const untold (_ BitVec 6))
;; What the guest last did to the page since it was flushed.
(declare-const edited Edit)

(declare-const operation Operation)
;; The set whose active entry an event without a page of its own is looked at for.
(declare-const looked-at PrivilegeSet)

(define-fun frame-1 () Frame #x0000000000000010)
(define-fun host-base () HostFrame #x0000000000100000)
(define-fun has-number ((numbers (_ BitVec 6)) (number (_ BitVec 6))) Bool
  (distinct #b000000 (bvand numbers number)))
(define-fun host-with ((first Backing) (not-told (_ BitVec 6))) HostMap
  (store (store (store (store (store (store (store ((as const HostMap) device)
    frame-7 (memory-at (bvadd host-base frame-7) false (has-number not-told #b100000)))
    frame-6 (memory-at (bvadd host-base frame-6) false (has-number not-told #b010000)))
    frame-5 (memory-at (bvadd host-base frame-5) false (has-number not-told #b001000)))
    frame-4 (memory-at (bvadd host-base frame-4) false (has-number not-told #b000100)))
    frame-3 (memory-at (bvadd host-base frame-3) true (has-number not-told #b000010)))
    frame-2 (memory-at (bvadd host-base frame-2) false (has-number not-told #b000001)))
    frame-1 first))
(define-fun host () HostMap (host-with behind untold))

(define-fun entries-now ((first (_ BitVec 64)) (second (_ BitVec 64)) (dir (_ BitVec 64)) (up (_ BitVec 64))) Entries
  (let ((tbl (table-frame dir world-mode)))
    (entries #x0000000000000000 top-entry up dir
      (ite (= tbl first-table-frame) first
      (ite (= tbl (bvadd first-table-frame #x0000000000000001)) second #x0000000000000000)))))

(define-fun set-now () PrivilegeSet (set-of cpl alignment-check now))
(define-fun active-of ((s PrivilegeSet)) Active
  (ite (= s supervisor) active-supervisor (ite (= s user) active-user active-ac)))
(define-fun access-now ((k Kind)) Access (access observed k set-now pkru-now))

;; What a control register becomes.
(define-fun then () Control
  (let ((o operation))
    (control
      (ite ((_ is toggle-cr0) o) (bvxor (cr0 now) (of-cr0 o)) (cr0 now))
      (ite ((_ is load-root) o)
        (bvor (bvshl root #x000000000000000c) ((_ zero_extend 52) (root-pcid o))) (cr3 now))
      (ite ((_ is toggle-cr4) o) (bvxor (cr4 now) (of-cr4 o)) (cr4 now))
      (ite ((_ is toggle-efer) o) (bvxor (efer now) #x0000000000000800) (efer now)))))

(define-fun is-one-of ((b (_ BitVec 64)) (bits (_ BitVec 64))) Bool
  (and (distinct b #x0000000000000000) (= b (bvand b bits))
    (= #x0000000000000000 (bvand b (bvsub b #x0000000000000001)))))

;; What may be asked of the guest: privileged instructions in supervisor mode only, and values that
;; the processor takes.
(define-fun is-possible () Bool
  (let ((o operation))
    (and
      (=> (= looked-at supervisor-ac) (access-prevention now))
      (=> (or ((_ is invalidate-page) o) ((_ is invalidate-neighbour) o) ((_ is invalidate-context) o)
              ((_ is load-root) o) ((_ is toggle-cr0) o) ((_ is toggle-cr4) o) ((_ is toggle-efer) o))
        (= cpl #b00))
      (=> ((_ is edit) o)
        (and (ite (or (= (where o) first-table) (= (where o) second-table)) (is-small-leaf (value o))
             (ite (= (where o) directory) (is-directory (value o)) (and (= world-mode four-level) (is-upper (value o)))))))
      (=> ((_ is invalidate-context) o)
        (and (bvult (named o) #x002) (=> (distinct (named o) #x000) (process-contexts now))))
      (=> ((_ is load-root) o)
        (and (bvult (root-pcid o) #x002) (=> (or (keep o) (distinct (root-pcid o) #x000)) (process-contexts now))))
      (=> ((_ is toggle-cr0) o) (is-one-of (of-cr0 o) optional-cr0))
      (=> ((_ is toggle-cr4) o)
        (and (is-one-of (of-cr4 o) optional-cr4)
          (=> (= (of-cr4 o) cr4-pcide) (= (cr3 now) (bvshl root #x000000000000000c)))))
      (=> ((_ is toggle-efer) o) has-efer-toggles)
      (=> ((_ is enter-level) o) (and (distinct (level o) #b10) (distinct (level o) cpl)))
      (=> ((_ is host-acts) o)
        (let ((x (act o)) (there ((_ is memory-at) behind)))
          (ite (= x maps) (not there)
          (ite (= x starts-log) (not logs)
          (ite (= x harvests-log) logs
          (ite (= x protects-it) (and there (not (read-only behind)))
          (ite (= x unprotects-it) (and there (read-only behind))
            there)))))))
      (=> ((_ is write-keys) o)
        (and has-keys (bit (cr4 now) cr4-pke) (distinct (keys o) pkru-now)
          (or (= (keys o) #x00000000) (= (keys o) #x00000004) (= (keys o) #x00000008)))))))

;; The event that an operation is, where it is one.
(define-fun event-now () Event
  (let ((o operation))
    (ite ((_ is touch) o) (page-fault (access-now (how o)))
    (ite ((_ is enter-level) o) (privilege-change cpl (level o))
      (manipulation
        (ite ((_ is invalidate-page) o) (invlpg observed)
        (ite ((_ is invalidate-neighbour) o) (invlpg (bvxor observed #x0000000000000002))
        (ite ((_ is invalidate-context) o) (invpcid (by o) (named o) observed)
        (ite ((_ is load-root) o) (write-cr3 (keep o))
        (ite ((_ is toggle-cr0) o) write-cr0
        (ite ((_ is toggle-cr4) o) write-cr4 write-efer)))))))))))
(define-fun happens () Bool
  (let ((o operation))
    (ite ((_ is touch) o) (not (entry-permits (active-of set-now) (access-now (how o)) now))
      (not (or ((_ is edit) o) ((_ is toggle-alignment-check) o) ((_ is write-keys) o)
           ((_ is host-acts) o))))))

;; The walk of the page as memory stands, under the control state that the event leaves.
(define-fun entries-before () Entries
  (entries-now first-entry second-entry directory-entry upper-entry))
(define-fun walk-now () Walk (walk entries-before observed then p))
(define-fun walk-until-now () Walk (walk entries-before observed now p))

;; Accessed and dirty bits that the VMM sets, where it resolves a fault.
(define-fun sets-bits () Bool
  (and happens ((_ is touch) operation) (paging now)
    ((_ is permitted) (evaluate walk-now (access-now (how operation)) now))))
(define-fun marked-entries () Entries (mark entries-before observed (= store (how operation)) now p))
(define-fun edited-at ((at Place) (old (_ BitVec 64))) (_ BitVec 64)
  (ite (and ((_ is edit) operation) (= at (where operation))) (value operation) old))
(define-fun reads-table ((tbl Frame)) Bool
  (and (= tbl (table-frame directory-entry world-mode))
    (= table (meaning directory-entry #b010 world-mode now p))))
(define-fun next-first-entry () (_ BitVec 64)
  (ite (and sets-bits (reads-table first-table-frame)) (e1 marked-entries) (edited-at first-table first-entry)))
(define-fun next-second-entry () (_ BitVec 64)
  (ite (and sets-bits (reads-table (bvadd first-table-frame #x0000000000000001))) (e1 marked-entries)
    (edited-at second-table second-entry)))
(define-fun next-directory-entry () (_ BitVec 64)
  (ite sets-bits (e2 marked-entries) (edited-at directory directory-entry)))
(define-fun next-upper-entry () (_ BitVec 64)
  (ite sets-bits (e3 marked-entries) (edited-at upper upper-entry)))

(define-fun next-now () Control then)
(define-fun next-cpl () (_ BitVec 2) (ite ((_ is enter-level) operation) (level operation) cpl))
(define-fun next-alignment-check () Bool (xor alignment-check ((_ is toggle-alignment-check) operation)))
(define-fun next-pkru-now () (_ BitVec 32) (ite ((_ is write-keys) operation) (keys operation) pkru-now))

;; Memory that the host maps, or moves to, is at one of two places.
(define-fun new-place () HostFrame
  (ite (and ((_ is memory-at) behind) (= (host-frame behind) (bvadd host-base frame-1)))
    #x0000000000300010 (bvadd host-base frame-1)))
(define-fun host-operation-now () HostOperation
  (let ((x (act operation)) (one #x0000000000000001))
    (ite (= x unmaps) (unmap-frames frame-1 one)
    (ite (= x maps) (map-frames frame-1 one new-place logs)
    (ite (= x moves) (move-frames frame-1 one new-place)
    (ite (= x protects-it) (protect-frames frame-1 one true)
    (ite (= x unprotects-it) (protect-frames frame-1 one false)
    (ite (= x starts-log) start-log harvest-log))))))))
(define-fun backing-then ((f Frame)) Backing
  (ite ((_ is host-acts) operation) (backing-after host-operation-now f (select host f))
  (ite happens (select (host-after (slot #x00 set-now observed) event-now walk-now host now) f)
    (select host f))))
(define-fun untold-then ((f Frame) (number (_ BitVec 6))) (_ BitVec 6)
  (ite (logged (backing-then f)) number #b000000))
(define-fun next-behind () Backing (backing-then frame-1))
(define-fun next-logs () Bool (or logs (= operation (host-acts starts-log))))
(define-fun next-untold () (_ BitVec 6)
  (bvor (untold-then frame-2 #b000001) (untold-then frame-3 #b000010) (untold-then frame-4 #b000100)
        (untold-then frame-5 #b001000) (untold-then frame-6 #b010000) (untold-then frame-7 #b100000)))

(define-fun next-active ((s PrivilegeSet)) Active
  (ite ((_ is host-acts) operation)
    (active-after-host (active-of s) (slot #x00 s observed) #x00 host-operation-now)
  (ite happens
    (active-after (active-of s) (slot #x00 s observed) event-now #x00 walk-now host now then)
    (active-of s))))
(define-fun next-active-supervisor () Active (next-active supervisor))
(define-fun next-active-user () Active (next-active user))
(define-fun next-active-ac () Active (next-active supervisor-ac))

(define-fun walk-then () Walk
  (walk (entries-now next-first-entry next-second-entry next-directory-entry next-upper-entry) observed then p))
(define-fun next-edited () Edit
  (ite ((_ is edit) operation)
    (let ((made (edit-of walk-now walk-then observed))) (ite (= made unchanged) edited made))
  (ite (and happens (flushes event-now observed now then p)) unchanged edited)))

;; What the guest sees of an access.
(declare-datatypes ((Outcome 0)) (((reads (from Frame)) (faults (with FaultCode)) (reaches-device) (goes-on))))
(define-fun outcome () Outcome
  (ite (not ((_ is touch) operation)) goes-on
  (ite (not happens) (reads (frame-of (source (active-of set-now)) observed))
    (let ((action (action-of event-now walk-now host now)))
      (ite ((_ is inject) action) (faults (injected action))
      (ite ((_ is device-access) action) reaches-device
        (reads (frame-of (reached walk-now) observed))))))))

;; What can be told of a step from outside: the causes, the entries shown, what processors have to
;; drop. Two definitions of which neither can be told from the other are none of a mistake.
(declare-datatypes ((Shown 0)) ((
  (nothing) (shows (shown-frame HostFrame) (reads-it Bool) (writes-it Bool) (executes-it Bool) (by-key Bool)))))
(define-fun shown ((a Active)) Shown
  (ite ((_ is absent) a) nothing
    (shows (frame a) (may-read a) (may-write a) (may-execute-it a) (keyed a))))
(define-fun shown-supervisor () Shown (shown next-active-supervisor))
(define-fun shown-user () Shown (shown next-active-user))
(define-fun shown-ac () Shown (shown next-active-ac))
(define-fun dropped ((s PrivilegeSet)) Bool
  (let ((a (active-of s)) (a-then (next-active s)))
    (and ((_ is present) a)
      (ite ((_ is host-acts) operation) ((_ is absent) (held-after-host a a a-then false))
        (and happens (is-dropped a a-then (slot #x00 s observed) event-now #x00 walk-now host now false))))))
(define-fun dropped-supervisor () Bool (dropped supervisor))
(define-fun dropped-user () Bool (dropped user))
(define-fun dropped-ac () Bool (dropped supervisor-ac))
(define-fun new-machine () Shown (shown (initially (slot #x00 supervisor observed))))

;; True if an entry leads elsewhere than the guest's structure and the host do by now, or grants more.
(define-fun host-then () HostMap (host-with next-behind next-untold))
(define-fun is-mismatch ((a Active) (s PrivilegeSet)) Bool
  (let ((is (before-of a walk-then s observed host-then then)))
    (or (= is was-stale) (= is was-excessive))))
(define-fun shows-mismatch-supervisor () Bool (is-mismatch next-active-supervisor supervisor))
(define-fun shows-mismatch-user () Bool (is-mismatch next-active-user user))
(define-fun shows-mismatch-ac () Bool (is-mismatch next-active-ac supervisor-ac))
(define-fun keeps-mismatch-supervisor () Bool (and (not dropped-supervisor) (is-mismatch active-supervisor supervisor)))
(define-fun keeps-mismatch-user () Bool (and (not dropped-user) (is-mismatch active-user user)))
(define-fun keeps-mismatch-ac () Bool (and (not dropped-ac) (is-mismatch active-ac supervisor-ac)))

;; The size that the last entry read by the walk stands for.
(define-fun size-now () Size
  (ite (= world-mode two-level)
    (ite (or (not (paging now)) (= table (meaning directory-entry #b010 two-level now p))) size-4k size-4m)
  (ite (distinct table (meaning upper-entry #b011 four-level now p)) size-1g
  (ite (distinct table (meaning directory-entry #b010 four-level now p)) size-2m size-4k))))

;; An INVLPG is an event of the page that it names.
(define-fun falls-into-a-cell () Bool (and happens (not ((_ is invalidate-neighbour) operation))))
(define-fun slot-set-now () PrivilegeSet (ite ((_ is touch) operation) set-now looked-at))
(define-fun cause-here () Cause (cause-of event-now (active-of slot-set-now) walk-now host now then p))
(declare-datatypes ((Told 0)) (((no-event) (told-as (told-cause Cause)))))
(define-fun cause-now () Told (ite happens (told-as cause-here) no-event))
(define-fun cell-now () Cell
  (cell (kind-of event-now)
    cause-here
    (before-of (active-of slot-set-now) walk-until-now slot-set-now observed host now)
    slot-set-now edited size-now))

;; Any state of this world's processor, reachable or not.
(define-fun is-any () Bool
  (and (is-legal now) (distinct cpl #b10)
    (or (= (mode-of now) world-mode) (and (= world-mode two-level) (= (mode-of now) no-paging)))))

;; Where sequences start: any such memory and control state, and nothing active.
(define-fun is-first () Bool
  (and
    (is-small-leaf first-entry) (is-small-leaf second-entry) (is-directory directory-entry) (is-upper upper-entry)
    (paging now) (= #x0000000080000000 (bvand (cr0 now) (bvnot #x0000000000010000)))
    (= (cr3 now) (bvshl root #x000000000000000c))
    (= has-cr4 (bvand (cr4 now) (bvnot optional-cr4)))
    (= has-efer (bvand (efer now) (bvnot (ite has-efer-toggles #x0000000000000800 #x0000000000000000))))
    (distinct cpl #b10)
    (= pkru-now #x00000000)
    (= behind (memory-at (bvadd host-base frame-1) false false)) (not logs) (= untold #b000000)
    (= active-supervisor absent) (= active-user absent) (= active-ac absent)
    (= edited unchanged)))
