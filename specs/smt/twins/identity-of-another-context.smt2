;; Without paging, translations are of a PCID that is not current.
;; Twin of: translation, refutes: DERIVE-1-walk

(define-fun identity ((page Page)) Translation
  (translation page size-4k page (rights true true true) #x0 #x001 false true))
