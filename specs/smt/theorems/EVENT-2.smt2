;; EVENT-2: a fault that every way of the access denies is handed to the guest, not resolved.
;; Claims: 7 9 21. Manual: Intel SDM vol. 3, 4.7.
;; Needs: world

(assert ((_ is page-fault) event))
(declare-fun is-a-way (Walk) Bool)
;; The walk of memory as it is now is always one of the ways.
(assert (is-a-way w))
;; Every way denies: said of the one that matters.
(assert (=> (is-a-way w) (not (way-permits w (fault-access event) before))))
(check-sat)

(assert (not ((_ is inject) (action-of event w host before))))
(check-sat)
