;; DEVICE-1: a frame with no memory behind it never becomes a usable active entry.
;; Claims: 11 14.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(check-sat)

(assert (not ((_ is memory-at) (select host (frame-of (source a-after) (slot-page at))))))
(check-sat)
