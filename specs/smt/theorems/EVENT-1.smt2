;; EVENT-1: every event has exactly one cause, and the answer fits it: a fault that is the guest's
;; is injected, a device's access is passed on, and after all else the guest goes on.
;; Claims: 3 16 25 29 30.
;; Needs: world

(declare-const found Cause)
(assert (= found (cause-of event a w host before after p)))
(declare-const answer Action)
(assert (= answer (action-of event w host before)))
(check-sat)

(define-fun is-of-a-fault ((c Cause)) Bool
  (or (= c guest-page-fault) (= c inconsistency) (= c spurious) (= c to-a-device)))
(define-fun is-of-privilege ((c Cause)) Bool
  (or (= c privilege-set-change) (= c privilege-change-within-set)))
(assert (not (and
  (= (is-of-a-fault found) ((_ is page-fault) event))
  (= (is-of-privilege found) ((_ is privilege-change) event))
  (= ((_ is inject) answer) (= found guest-page-fault))
  (= (= answer device-access) (= found to-a-device)))))
(check-sat)
