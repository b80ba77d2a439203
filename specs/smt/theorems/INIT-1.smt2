;; INIT-1: a new machine's active structure holds no valid entry, so all that is true of entries
;; is true of it, and no access gets through it.
;; Claims: 10.
;; Needs: world

(declare-const x Access)
(assert (= a (initially at)))
(check-sat)

(assert (not (and ((_ is absent) a) (is-sound-before a at host before) (not (entry-permits a x before)))))
(check-sat)
