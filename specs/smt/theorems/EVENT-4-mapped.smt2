;; EVENT-4: once the host has put memory behind a frame, an access that the guest's structure
;; permits through it is not taken for one to a device.
;; Claims: 4 9 17. Manual: Intel SDM vol. 3, 4.7.
;; Needs: host event

(declare-const operation HostOperation)
(declare-const before-it Backing)
(declare-const host HostMap)
(declare-const w Walk)
(declare-const x Access)
(declare-const c Control)
(assert ((_ is map-frames) operation))
(assert ((_ is permitted) (evaluate w x c)))
(define-fun f () Frame (frame-of (reached w) (access-page x)))
(assert (in-run f (map-first operation) (map-count operation)))
(assert (= (select host f) (backing-after operation f before-it)))
(assert ((_ is device) before-it))
(check-sat)

(assert (not (= resume (action-of (page-fault x) w host c))))
(check-sat)
