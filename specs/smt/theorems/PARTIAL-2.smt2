;; PARTIAL-2, strictly: a partial resync changes no entry of another page, and gives none to a set
;; that had none and is not the event's.
;; Claims: 5 18 29.
;; Needs: world

(assert ((_ is page-fault) event))
(assert (= resume (action-of event w host before)))
(assert (or (distinct (access-page (fault-access event)) (slot-page at))
            (and ((_ is absent) a) (distinct (access-set (fault-access event)) (slot-set at)))))
(check-sat)

(assert (not (= a-after a)))
(check-sat)
