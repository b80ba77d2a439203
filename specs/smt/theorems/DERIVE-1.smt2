;; DERIVE-1: if each entry maps to the host frame of an admissible translation of its page before
;; an event, it does so after it, whatever the event and whatever the guest's tables hold.
;; Claims: 1 2 14 15 24 28. Manual: Intel SDM vol. 3, 4.10.2 and 4.10.4.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(check-sat)

(assert (not (and
  (is-admissible-after (source a-after) at event w host before after p)
  (used-under (source a-after) after)
  (has-its-frame a-after (source a-after) (slot-page at) host-then))))
(check-sat)
