;; PROC-1: if the processor holds no more for a slot than its active entry says before an event, it
;; holds no more after it: what goes or changes is dropped, too. With DERIVE-1 and DERIVE-2 all that
;; it holds is admissible.
;; Claims: 14 15 24. Manual: Intel SDM vol. 3, 4.10.5.
;; Needs: world

(assert (within q a))
(check-sat)

(assert (not (within q-after a-after)))
(check-sat)
