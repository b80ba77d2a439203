;; INVPCID takes effect on one address at most.
;; Twin of: transition, refutes: TLB-8
;; Fault: invpcid-of-context-taken-for-one-page

(define-fun after-invpcid ((a Active) (at Slot) (x Manipulation) (w Walk) (host HostMap) (c Control)) Active
  (let ((is-current (= (invpcid-pcid x) (current-pcid c))))
    (ite (= (invpcid-type x) one-address)
      (ite (and is-current (exists-in (invpcid-page x) (mode-of c))) (after-invalidation a at (invpcid-page x)) a)
    (ite (and (= (invpcid-type x) one-context) (not is-current)) a
      a))))
