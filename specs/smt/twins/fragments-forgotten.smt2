;; INVLPG looks at its own page only, not at fragments of the same large page.
;; Twin of: transition, refutes: DERIVE-1 TLB-1 PERIODIC-1
;; Fault: invlpg-drops-one-fragment-of-large-page

(define-fun after-invalidation ((a Active) (at Slot) (page Page)) Active
  (ite (and ((_ is present) a) (= (slot-page at) page)) absent a))
