;; An entry is overwritten with the bits to be set.
;; Twin of: memory, refutes: AD-3

(define-fun apply-update ((memory Memory) (u Update)) Memory
  (ite ((_ is no-change) u) memory
    (store memory (update-address u) (update-bits u))))
