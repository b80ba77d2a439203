;; HOST-1: after the host takes a frame back, or puts another there, no entry leads to what was
;; behind it, nor does anything that the processor holds.
;; Claims: 11 14 24.
;; Needs: host-world

(assert (takes-back operation f))
(check-sat)

(assert (not (and ((_ is absent) a-after) ((_ is absent) q-after))))
(check-sat)
