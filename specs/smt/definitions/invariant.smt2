;; What must be true of each slot at each time, for reachable to be inside admissible.
;; Claims: 1 2 11 12 14 15 22 23 24 26 27 28.
;; Needs: transition

;; Whose a host frame is; the host gives each machine frames of its own.
(declare-fun owner (HostFrame) Machine)

;; What a TLB may hold for a page when the event comes: any set of translations whatever.
(declare-fun is-admissible-before (Translation Page) Bool)

(define-fun owns ((m Machine) (behind Backing)) Bool
  (=> ((_ is memory-at) behind) (= m (owner (host-frame behind)))))

;; What it may hold afterwards: what it need not forget, and what it can fill from the walk of the
;; page, with A=1 everywhere, as memory stands then.
(define-fun can-be-filled ((t Translation) (w Walk)) Bool
  (and ((_ is ends-reached) w) (accessed w) (= t (reached w))))
(define-fun is-admissible-after ((t Translation) (at Slot) (e Event) (w Walk) (host HostMap) (before Control) (after Control) (p Profile)) Bool
  (or (and (is-admissible-before t (slot-page at)) (not (is-obliged t at e w before after p)))
      (can-be-filled t (walk-after at e w host after))))

;; An entry is backed by the translation that it carries.
(define-fun is-backed ((a Active) (at Slot) (host HostMap) (c Control)) Bool
  (=> ((_ is present) a)
    (and (grants (source a) (slot-set at) (slot-page at) a host c) (used-under (source a) c))))
(define-fun is-sound-before ((a Active) (at Slot) (host HostMap) (c Control)) Bool
  (and (is-backed a at host c)
    (=> ((_ is present) a) (is-admissible-before (source a) (slot-page at)))))
