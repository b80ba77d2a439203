;; AD-2: before a store is let through, its leaf has D=1 in memory.
;; Claims: 2. Manual: Intel SDM vol. 3, 4.8.
;; Needs: world

(assert is-fault-here)
(assert (= store (kind (fault-access event))))
(assert (= resume (action-of event w host before)))
(check-sat)

(assert (not (dirty (reached (walk-after at event w host before)))))
(check-sat)
