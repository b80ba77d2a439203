;; EVENT-3: handing over a fault adds nothing and widens nothing; what was kept of the page goes.
;; Claims: 7.
;; Needs: world

(assert ((_ is page-fault) event))
(assert ((_ is inject) (action-of event w host before)))
(check-sat)

(assert (not (or (= a-after a) ((_ is absent) a-after))))
(check-sat)
