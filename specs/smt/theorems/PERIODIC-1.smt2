;; PERIODIC-1: whenever the guest is entitled to rely on it, active content conforms to the guest's.
;; After an event that obliges a TLB to forget what an entry came from, the entry is gone or is what
;; the guest's structure then says.
;; Claims: 1 15 28. Manual: Intel SDM vol. 3, 4.10.4.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a))
(assert (is-obliged (source a) at event w before after p))
(check-sat)

(assert (not (or ((_ is absent) a-after)
  (matches a-after (guest-entry w (slot-set at) (slot-page at) host after)))))
(check-sat)
