;; What one event makes of one slot: the active entry after it, what the processor is asked to
;; drop, and what a TLB may hold afterwards. Claims: 1 2 5 6 8 11 14 15 18 19 24 28 29 30.
;; Needs: event

;; What the event obliges a TLB to forget of what it had cached for the slot's page.
(define-fun is-obliged ((t Translation) (at Slot) (e Event) (w Walk) (before Control) (after Control) (p Profile)) Bool
  (ite ((_ is page-fault) e)
    (let ((found (evaluate w (fault-access e) before)))
      (and ((_ is guest-fault) found)
        (forgotten-at-delivery t (slot-page at) (access-page (fault-access e))
          (= #b000001 (bvand #b001001 (code found))) before)))
  (ite ((_ is manipulation) e)
    (must-forget t (slot-page at) (what e) before after p)
    false)))

;; The walk of the slot's page after the VMM has set bits for a fault that it resolves.
(define-fun walk-after ((at Slot) (e Event) (w Walk) (host HostMap) (c Control)) Walk
  (ite (and ((_ is page-fault) e) (= (slot-page at) (access-page (fault-access e)))
            ((_ is permitted) (evaluate w (fault-access e) c)))
    (marked w (= (kind (fault-access e)) store))
    w))

;; The host is told of a store before the right to it is granted.
(define-fun host-after ((at Slot) (e Event) (w Walk) (host HostMap) (c Control)) HostMap
  (ite (and ((_ is page-fault) e) (= (slot-page at) (access-page (fault-access e)))
            (= (kind (fault-access e)) store) (= resume (action-of e w host c)))
    (let ((f (frame-of (reached w) (slot-page at))))
      (store host f (memory-at (host-frame (select host f)) (read-only (select host f)) false)))
    host))

(define-fun after-fault ((a Active) (at Slot) (e Event) (w Walk) (host HostMap) (c Control)) Active
  (ite (distinct (slot-page at) (access-page (fault-access e))) a
  (ite (= resume (action-of e w host c))
    (partial-resync a at (fault-access e) (walk-after at e w host c) (host-after at e w host c) c)
    absent)))

;; INVLPG: the entry of the page, and every one derived from a guest page that covers it.
(define-fun after-invalidation ((a Active) (at Slot) (page Page)) Active
  (ite (and ((_ is present) a) (or (= (slot-page at) page) (covers (source a) page))) absent a))

;; Only content of the current PCID is kept, so what INVPCID names elsewhere is gone already.
(define-fun after-invpcid ((a Active) (at Slot) (x Manipulation) (w Walk) (host HostMap) (c Control)) Active
  (let ((is-current (= (invpcid-pcid x) (current-pcid c))))
    (ite (= (invpcid-type x) one-address)
      (ite (and is-current (exists-in (invpcid-page x) (mode-of c))) (after-invalidation a at (invpcid-page x)) a)
    (ite (and (= (invpcid-type x) one-context) (not is-current)) a
      (full-resync a at w host c)))))

;; The active entry after an event of a machine.
(define-fun active-after ((a Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (before Control) (after Control)) Active
  (ite (distinct of (slot-machine at)) a
  (ite ((_ is page-fault) e) (after-fault a at e w host before)
  (ite ((_ is privilege-change) e) a
  (ite ((_ is invlpg) (what e)) (after-invalidation a at (invlpg-page (what e)))
  (ite ((_ is invpcid) (what e)) (after-invpcid a at (what e) w host before)
    (full-resync a at w host after)))))))

;; True if an entry was valid and is no longer what it was, or less.
(define-fun is-modified ((a Active) (a-after Active)) Bool
  (and ((_ is present) a) (not (within a a-after))))

;; What the processor is asked to drop of what it holds for the slot; `also` stands for all other
;; slots, on account of which everything may be dropped.
(define-fun is-dropped ((a Active) (a-after Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (c Control) (also Bool)) Bool
  (ite (distinct of (slot-machine at)) false
  (ite ((_ is privilege-change) e) false
  (ite ((_ is page-fault) e)
    (and (= (slot-page at) (access-page (fault-access e)))
      (or also ((_ is present) a) (distinct resume (action-of e w host c))))
    (or also (is-modified a a-after))))))
(define-fun held-after ((q Active) (dropped Bool)) Active (ite dropped absent q))
