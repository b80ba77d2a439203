;; PARTIAL-1: after a partial resync the access of the event is permitted.
;; Claims: 5 18 29. Manual: Intel SDM vol. 3, 4.6.
;; Needs: world

(assert is-fault-here)
(assert (= resume (action-of event w host before)))
(check-sat)

(assert (not (entry-permits a-after (fault-access event) before)))
(check-sat)
