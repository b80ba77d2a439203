;; A fault is the guest's only if its walk comes to no leaf.
;; Twin of: evaluation, refutes: EVENT-2
;; Fault: guest-fault-swallowed

(define-fun evaluate ((w Walk) (x Access) (c Control)) Evaluation
  (ite ((_ is ends-not-present) w) (guest-fault (code-not-present x c))
  (ite ((_ is ends-reserved) w) (guest-fault (code-reserved x c))
    (ite true (permitted (reached w))
      (guest-fault (code-denied (reached w) x c))))))
