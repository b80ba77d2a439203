;; PRIV-2: a change of privilege adds nothing, widens nothing and drops nothing.
;; Claims: 13.
;; Needs: world

(assert ((_ is privilege-change) event))
(check-sat)

(assert (not (and (= a-after a) (= q-after q))))
(check-sat)
