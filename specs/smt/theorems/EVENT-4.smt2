;; EVENT-4: a fault that every way of the access permits is resolved, unseen by the guest: never
;; handed over.
;; Claims: 4 9 17. Manual: Intel SDM vol. 3, 4.7.
;; Needs: world

(assert ((_ is page-fault) event))
(declare-fun is-a-way (Walk) Bool)
(assert (is-a-way w))
(assert (=> (is-a-way w) (way-permits w (fault-access event) before)))
(check-sat)

(assert (not (and
  (not ((_ is inject) (action-of event w host before)))
  (distinct guest-page-fault (cause-of event a w host before after p)))))
(check-sat)
