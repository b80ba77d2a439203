;; AD-1: a new active entry, or one that is newly derived, comes from a walk with A=1 in each entry
;; in memory, as it is when the guest goes on.
;; Claims: 2. Manual: Intel SDM vol. 3, 4.8.
;; Needs: world

(assert ((_ is present) a-after))
(assert (distinct a-after a))
(check-sat)

(assert (not (accessed (walk-after at event w host before))))
(check-sat)
