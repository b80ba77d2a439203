;; DERIVE-1: what the theorems about events assume of a walk is true of the walk of any entries.
;; Claims: 1 14 24 28. Manual: Intel SDM vol. 3, 4.2 to 4.5.
;; Needs: walk

(declare-const p Profile)
(declare-const c Control)
(declare-const page Page)
(declare-const es Entries)
(assert (is-real p))
(assert (is-legal c))
(check-sat)

(assert (not (is-finished (walk es page c p) page c)))
(check-sat)
