;; A store to a clean page is handed to the guest.
;; Twin of: evaluation, refutes: EVENT-4

(define-fun evaluate ((w Walk) (x Access) (c Control)) Evaluation
  (ite ((_ is ends-not-present) w) (guest-fault (code-not-present x c))
  (ite ((_ is ends-reserved) w) (guest-fault (code-reserved x c))
    (ite (and (permits (reached w) x c) (=> (= (kind x) store) (dirty (reached w)))) (permitted (reached w))
      (guest-fault (code-denied (reached w) x c))))))
