;; ISOLATE-2: an event of one machine changes no entry of another, nor drops any.
;; Claims: 11 22 26.
;; Needs: world

(assert (distinct of (slot-machine at)))
(check-sat)

(assert (not (and (= a-after a) (= q-after q))))
(check-sat)
